import { Observable } from "../observable.ts";
import { remember, remembered } from "../remembered.ts";

export type Theme = "light" | "dark";

/** Null: as the system says. */
const chosen = new Observable<Theme | null>(parseTheme(remembered("theme")));

export const theme = chosen;

export function systemTheme(): Theme {
	return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function switchTheme(): void {
	const next: Theme = (chosen.value ?? systemTheme()) === "dark" ? "light" : "dark";
	document.documentElement.dataset.theme = next;
	remember("theme", next);
	chosen.set(next);
}

function parseTheme(text: string | null): Theme | null {
	return text === "light" || text === "dark" ? text : null;
}
