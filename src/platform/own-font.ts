import { createRequire } from "node:module";

export type FontWeight = "400Regular" | "700Bold";

export const fontFamily = "Noto Sans SC";

/** All of GB 2312 and rare characters of names; never a font that the machine or a reader happens to have, or lacks. */
export const fontFileOf = (weight: FontWeight): string =>
	createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`);
