import { type ComponentType, lazy } from "react";
import { moreWords } from "./i18n.ts";

interface PageModule<Props> {
	readonly default: (props: Props) => ReturnType<Extract<ComponentType<Props>, (props: Props) => unknown>>;
}

/** A page, or a part of one, that is fetched when it is first shown, and shown when the words that it says are there. */
export const lazyPage = <Props>(load: () => Promise<PageModule<Props>>) =>
	lazy(async () => {
		const [page] = await Promise.all([load(), moreWords()]);
		return page;
	});
