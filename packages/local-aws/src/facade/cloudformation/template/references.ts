/** The names in `${...}` of a text of Fn::Sub; `${!x}` is the text `${x}`. */
export const substituted = /\$\{([^!}][^}]*)\}/g;

/**
 * The names that a value refers to by Ref, Fn::GetAtt and Fn::Sub: resources, parameters, and those of AWS such as `AWS::Region`.
 *
 * @example referencesOf({ 'Fn::Sub': '${Stream.Arn}/x' }) // Set { 'Stream' }
 */
export function referencesOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) referencesOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      else if (key === 'Fn::GetAtt')
        found.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '');
      else if (key === 'Fn::Sub') {
        const [text, own = {}] = Array.isArray(inner) ? inner : [inner];
        for (const [, name = ''] of String(text).matchAll(substituted)) {
          const [base = ''] = name.split('.');
          if (!Object.hasOwn(Object(own), name)) found.add(base);
        }
        referencesOf(own, found);
      } else referencesOf(inner, found);
    }
  }
  return found;
}
