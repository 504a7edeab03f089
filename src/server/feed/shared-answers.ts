import { areVisible, type VisibleSites } from "../scope/visible-sites.ts";
import type { Feed, FeedRow } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { type FeedMessage, newestOf, sitesOf } from "./feed-answers.ts";

interface Answer {
	readonly sites: readonly string[] | null;
	readonly frames: string;
}

/** Of a page that comes back after a long time. */
const mostKept = 2_000;

/**
 * What is told of a change is read and written once for all pages that hear of it, and not again until something changes:
 * two hundred open pages ask the database no more than one does. Who may hear it is asked for each page.
 */
export class SharedAnswers {
	readonly #store: Store;
	readonly #answers = new Map<number, Answer>();

	constructor(store: Store, feed: Feed) {
		this.#store = store;
		feed.onAppend(() => this.#answers.clear());
	}

	/** As server-sent events; nothing of sites that the reader may not know of. */
	framesOf(row: FeedRow, sites: VisibleSites): string {
		let answer = this.#answers.get(row.position);
		if (!answer) {
			if (this.#answers.size >= mostKept) this.#answers.clear();
			answer = { sites: sitesOf(this.#store, row), frames: framesOf(newestOf(this.#store, row), row.position) };
			this.#answers.set(row.position, answer);
		}
		return areVisible(sites, answer.sites) ? answer.frames : "";
	}
}

/** Only the last of a row's messages carries the position: who was cut off between them gets them all again. */
const framesOf = (messages: readonly FeedMessage[], position: number) =>
	messages.map((message, index) => frame(message, index === messages.length - 1 ? position : null)).join("");

const frame = ({ event, data }: FeedMessage, position: number | null) =>
	`${position === null ? "" : `id: ${position}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
