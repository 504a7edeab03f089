import type { zhFirst } from "./first-words.zh-CN.ts";
import type { zhMore } from "./more-words.zh-CN.ts";

type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** What every language must have: a missing or surplus text does not compile. */
export type FirstWords = SameKeys<typeof zhFirst>;
export type MoreWords = SameKeys<typeof zhMore>;
export type Dictionary = FirstWords & MoreWords;

declare module "i18next" {
	interface CustomTypeOptions {
		defaultNS: "page";
		resources: { page: typeof zhFirst & typeof zhMore };
	}
}
