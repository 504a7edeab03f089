import { Observable, useObservable } from "../observable.ts";

interface Note {
	readonly id: number;
	readonly text: string;
	readonly tone: "good" | "bad" | "alert";
}

const shownForMs = 6_000;
const notes = new Observable<readonly Note[]>([]);
let nextId = 1;

/** Says something for some seconds at the edge of the page; `alert` interrupts a screen reader. */
export function say(text: string, tone: Note["tone"] = "good"): void {
	const note = { id: nextId++, text, tone };
	notes.set([...notes.value.slice(-3), note]);
	setTimeout(() => notes.set(notes.value.filter(({ id }) => id !== note.id)), shownForMs);
}

/** Both live regions stand in the page from the beginning: screen readers ignore regions that appear with their text. */
export function Notices() {
	const all = useObservable(notes);
	return (
		<div className="notices">
			<div role="status" aria-live="polite">
				{all.filter(({ tone }) => tone !== "alert").map(noteLine)}
			</div>
			<div role="alert" aria-live="assertive">
				{all.filter(({ tone }) => tone === "alert").map(noteLine)}
			</div>
		</div>
	);
}

function noteLine({ id, text, tone }: Note) {
	return (
		<p key={id} className={`note note-${tone}`}>
			{text}
		</p>
	);
}
