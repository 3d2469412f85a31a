import { Fragment } from 'preact';

/** A name that may break after a dot, a dash, a slash or an underscore, so that a narrow column does not cut a word. */
export function Breakable({ text }: { text: string }) {
  return (
    <>
      {text.split(/(?<=[._/-])(?=.)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
