import type { zhCN } from "./zh-CN.ts";

type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** What every language must have: a missing or surplus text does not compile. */
export type Dictionary = SameKeys<typeof zhCN>;

declare module "i18next" {
	interface CustomTypeOptions {
		defaultNS: "page";
		resources: { page: typeof zhCN };
	}
}
