/** Choices that this browser remembers. Storage may be forbidden or full: then nothing is remembered, and no harm done. */
export type RememberedName = "language" | "theme" | "sound" | "wallFilter" | "alertsFilter" | "wallClear" | "wallView";

export function remembered(name: RememberedName): string | null {
	try {
		return localStorage.getItem(`keepclear.${name}`);
	} catch {
		return null;
	}
}

export function remember(name: RememberedName, value: string): void {
	try {
		localStorage.setItem(`keepclear.${name}`, value);
	} catch {
		// See above.
	}
}
