import { areVisible, type VisibleSites } from "../scope/visible-sites.ts";
import type { Feed, FeedRow } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";
import { type FeedMessage, newestOf, onlyLast, sitesOf } from "./feed-answers.ts";

interface Answer {
	readonly sites: readonly string[] | null;
	readonly frames: string;
}

/** What came after a position: where that leaves the reader, and the last change of each thing. */
export interface FeedNews {
	readonly position: number;
	readonly rows: readonly FeedRow[];
	/** There may be more behind them. */
	readonly more: boolean;
}

/** Of a page that comes back after a long time. */
const mostKept = 2_000;
const mostAtOnce = 500;
/** Of pages that have come less far than the rest. */
const mostPlaces = 50;

/**
 * What is told of a change is read and written once for all pages that hear of it, and not again until something changes:
 * two hundred open pages ask the database no more than one does. Who may hear it is asked for each page.
 */
export class SharedAnswers {
	readonly #store: Store;
	readonly #feed: Feed;
	readonly #answers = new Map<number, Answer>();
	/** Most pages have come equally far. */
	readonly #news = new Map<number, FeedNews | null>();

	constructor(store: Store, feed: Feed) {
		this.#store = store;
		this.#feed = feed;
		feed.onAppend(() => {
			this.#answers.clear();
			this.#news.clear();
		});
	}

	/** Null when changes after `position` have been dropped, or the position is not one of ours. */
	newsAfter(position: number): FeedNews | null {
		let news = this.#news.get(position);
		if (news === undefined) {
			if (this.#news.size >= mostPlaces) this.#news.clear();
			const rows = this.#feed.since(position, mostAtOnce);
			news = rows && {
				position: rows.at(-1)?.position ?? position,
				rows: onlyLast(rows),
				more: rows.length === mostAtOnce,
			};
			this.#news.set(position, news);
		}
		return news;
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
