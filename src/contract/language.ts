/** What the page, papers and messages are written in; the first where nothing is said. */
export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];
