const browsers: readonly (readonly [RegExp, string])[] = [
	[/MicroMessenger\//, "微信"],
	[/Edg(?:e|A|iOS)?\//, "Edge"],
	[/OPR\/|Opera/, "Opera"],
	[/QQBrowser\//, "QQ浏览器"],
	[/UCBrowser\//, "UC"],
	[/HuaweiBrowser\//, "华为浏览器"],
	[/SamsungBrowser\//, "Samsung"],
	[/Firefox\/|FxiOS\//, "Firefox"],
	[/Chrome\/|CriOS\//, "Chrome"],
	[/Version\/[\d.]+ .*Safari\//, "Safari"],
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/OpenHarmony|HarmonyOS/, "HarmonyOS"],
	[/Android/, "Android"],
	[/iPad/, "iPad"],
	[/iPhone/, "iPhone"],
	[/Windows/, "Windows"],
	[/Mac OS X|Macintosh/, "macOS"],
	[/CrOS/, "ChromeOS"],
	[/Linux|X11/, "Linux"],
];

/** What a browser says of itself (User-Agent), in two words that its owner knows; null where it says nothing known. */
export const browserOf = (agent: string): { browser: string | null; system: string | null } => ({
	browser: browsers.find(([pattern]) => pattern.test(agent))?.[1] ?? null,
	system: systems.find(([pattern]) => pattern.test(agent))?.[1] ?? null,
});
