import type { Language } from "#contract/language.ts";

const two = (n: number) => String(n).padStart(2, "0");

/** `4:07`, `1:04:07`, `2 天 01:04:07`: for counting up. */
export function formatDwell(ms: number, language: Language): string {
	const { d, h, m, s } = parts(ms);
	if (d > 0) return `${d} ${language === "en" ? "d" : "天"} ${two(h)}:${two(m)}:${two(s)}`;
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** In words, with the two largest units: `4 分 7 秒`, `1 小时 4 分`, `2 天 1 小时`. */
export function formatDuration(ms: number, language: Language): string {
	const { d, h, m, s } = parts(ms);
	const [day, hour, minute, second] = language === "en" ? ["d", "h", "min", "s"] : ["天", "小时", "分", "秒"];
	const words = [`${d} ${day}`, `${h} ${hour}`, `${m} ${minute}`, `${s} ${second}`];
	const first = d > 0 ? 0 : h > 0 ? 1 : m > 0 ? 2 : 3;
	return words.slice(first, first + 2).join(" ");
}

/** For what need not be exact: `不到 1 分钟`, `37 分钟`, `3 小时`, `2 天`. */
export function formatRoughly(ms: number, language: Language): string {
	const { d, h, m } = parts(ms);
	const en = language === "en";
	if (d > 0) return en ? `${d} d` : `${d} 天`;
	if (h > 0) return en ? `${h} h ${m} min` : `${h} 小时 ${m} 分`;
	if (m > 0) return en ? `${m} min` : `${m} 分钟`;
	return en ? "under 1 min" : "不到 1 分钟";
}

function parts(ms: number) {
	const all = Math.max(0, Math.floor(ms / 1000));
	return {
		d: Math.floor(all / 86_400),
		h: Math.floor(all / 3600) % 24,
		m: Math.floor(all / 60) % 60,
		s: all % 60,
	};
}
