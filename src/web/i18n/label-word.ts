import type { TFunction } from "i18next";
import { zhCN } from "./zh-CN.ts";

type KnownLabel = keyof typeof zhCN.label;

/** The model's label in words; a label that the page does not know is shown as it came. */
export function labelWord(t: TFunction<"page">, label: string): string {
	return label in zhCN.label ? t(`label.${label as KnownLabel}`) : label;
}
