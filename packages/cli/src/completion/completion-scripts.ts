import type { CompletionEntry } from './completion-entries.ts';

type Entries = readonly CompletionEntry[];

/** A text as one quoted word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const firstWords = (entries: Entries): string[] => unique(entries.map(({ words }) => words[0]));
const secondWords = (entries: Entries, first: string): string[] =>
  entries.flatMap(({ words }) => (words[0] === first && words[1] !== undefined ? [words[1]] : []));
const firstsWithSecond = (entries: Entries): string[] =>
  firstWords(entries).filter((first) => secondWords(entries, first).length > 0);

/** The command that prints names of the config. Outside of a project it prints none. */
const askFor = (names: string): string => `headwater completion ${names} 2>/dev/null`;

/** Lines of a `case`, one for each list of words to offer. */
function offers(
  entries: Entries,
  offer: (words: readonly string[]) => string,
  /** The same for the lines that a command prints. */
  ask: (command: string) => string,
) {
  return {
    seconds: firstsWithSecond(entries).map(
      (first) => `${quoted(first)}) ${offer(secondWords(entries, first))} ;;`,
    ),
    values: entries.flatMap(({ words, options }) =>
      options
        .filter(({ choices, names }) => choices.length > 0 || names !== undefined)
        .map(({ name, choices, names }) => {
          const offered = names === undefined ? offer(choices) : ask(askFor(names));
          return `${quoted([...words, name].join(' '))}) ${offered}; return ;;`;
        }),
    ),
    options: entries.map(
      ({ words, options }) => `${quoted(words.join(' '))}) ${offer(options.map(({ name }) => name))} ;;`,
    ),
  };
}

/** The commands that are named by two words. */
const twoWordNames = (entries: Entries): string =>
  entries
    .filter(({ words }) => words.length === 2)
    .map(({ words }) => quoted(words.join(' ')))
    .join('|');

function bash(entries: Entries): string {
  const { seconds, values, options } = offers(
    entries,
    (words) => `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$cur"))`,
    (command) => `COMPREPLY=($(compgen -W "$(${command})" -- "$cur"))`,
  );
  return `# headwater completion for bash
_headwater() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  local name="\${COMP_WORDS[1]} \${COMP_WORDS[2]}"
  COMPREPLY=()
  case "$name" in ${twoWordNames(entries)}) ;; *) name="\${COMP_WORDS[1]}" ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(firstWords(entries).join(' '))} -- "$cur"))
    return
  fi
  if [ "$COMP_CWORD" -eq 2 ] && [ "\${cur:0:1}" != - ]; then
    case "\${COMP_WORDS[1]}" in
      ${seconds.join('\n      ')}
    esac
    return
  fi
  case "$name $prev" in
    ${values.join('\n    ')}
  esac
  if [ "\${cur:0:1}" = - ]; then
    case "$name" in
      ${options.join('\n      ')}
    esac
  fi
}
complete -o default -F _headwater headwater
`;
}

function zsh(entries: Entries): string {
  const { seconds, values, options } = offers(
    entries,
    (words) => `compadd -- ${words.map(quoted).join(' ')}`,
    (command) => `compadd -- \${(f)"$(${command})"}`,
  );
  return `#compdef headwater
_headwater() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}"
  local name="\${words[2]} \${words[3]}"
  case "$name" in ${twoWordNames(entries)}) ;; *) name="\${words[2]}" ;; esac
  if (( CURRENT == 2 )); then
    compadd -- ${firstWords(entries).map(quoted).join(' ')}
    return
  fi
  if (( CURRENT == 3 )) && [[ "$cur" != -* ]]; then
    case "\${words[2]}" in
      ${seconds.join('\n      ')}
      *) _files ;;
    esac
    return
  fi
  case "$name $prev" in
    ${values.join('\n    ')}
  esac
  if [[ "$cur" == -* ]]; then
    case "$name" in
      ${options.join('\n      ')}
    esac
    return
  fi
  _files
}
if [ "$funcstack[1]" = _headwater ]; then
  _headwater "$@"
else
  # A .zshrc without other settings has not started completion yet.
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
  compdef _headwater headwater
fi
`;
}

function fish(entries: Entries): string {
  const complete = (...parts: readonly string[]): string =>
    `complete -c headwater ${parts.filter(Boolean).join(' ')}`;
  const seen = (words: readonly string[]): string =>
    quoted(words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and '));
  const summaryOf = (first: string): string =>
    entries.find(({ words }) => words[0] === first && words.length === 1)?.summary ?? '';
  return [
    '# headwater completion for fish',
    ...firstWords(entries).map((first) =>
      complete('-f', '-n __fish_use_subcommand', `-a ${quoted(first)}`, `-d ${quoted(summaryOf(first))}`),
    ),
    ...firstsWithSecond(entries).map((first) => {
      const words = secondWords(entries, first).join(' ');
      const condition = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${words}`;
      return complete('-f', `-n ${quoted(condition)}`, `-a ${quoted(words)}`);
    }),
    ...entries.flatMap(({ words, options }) =>
      options.map(({ name, description, takesValue, choices, names }) =>
        complete(
          `-n ${seen(words as readonly string[])}`,
          `-l ${name.slice(2)}`,
          takesValue ? '-r' : '',
          choices.length > 0 ? `-f -a ${quoted(choices.join(' '))}` : '',
          names === undefined ? '' : `-f -a ${quoted(`(${askFor(names)})`)}`,
          `-d ${quoted(description)}`,
        ),
      ),
    ),
    '',
  ].join('\n');
}

/** The script of each shell. */
export const completionScripts = { bash, zsh, fish } as const;

type Shell = keyof typeof completionScripts;

/** The shells that have a script. */
export const shells = Object.keys(completionScripts);
export const isShell = (word: string): word is Shell => Object.hasOwn(completionScripts, word);
