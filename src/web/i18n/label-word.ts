import type { TFunction } from "i18next";
import { zhWall } from "./wall.zh-CN.ts";

type KnownLabel = keyof typeof zhWall.label;

/** The model's label in words; a label that the page does not know is shown as it came. */
export function labelWord(t: TFunction<"page">, label: string): string {
	return label in zhWall.label ? t(`label.${label as KnownLabel}`) : label;
}
