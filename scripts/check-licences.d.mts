/** One sentence a problem. */
export function licenceProblems(lock: object, manifest: object, allowed: object): string[];
export function isAllowed(expression: string, licences: readonly string[]): boolean;
