import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "#contract/language.ts";
import { remember, remembered } from "../remembered.ts";
import type { FirstWords, MoreWords } from "./dictionary.ts";
import { zhFirst } from "./first-words.zh-CN.ts";

/** What the first load does not bring: English for those who read it, and the words of all pages but the wall. */
const words = {
	"zh-CN": {
		first: async () => zhFirst,
		more: () => import("./more-words.zh-CN.ts").then(({ zhMore }) => zhMore),
	},
	en: {
		first: () => import("./first-words.en.ts").then(({ enFirst }) => enFirst),
		more: () => import("./more-words.en.ts").then(({ enMore }) => enMore),
	},
} as const satisfies Record<Language, { first: () => Promise<FirstWords>; more: () => Promise<MoreWords> }>;

export async function startI18n(): Promise<void> {
	const language: Language = remembered("language") === "en" ? "en" : "zh-CN";
	document.documentElement.lang = language;
	await i18next.use(initReactI18next).init({
		lng: language,
		fallbackLng: "zh-CN",
		defaultNS: "page",
		resources: { "zh-CN": { page: zhFirst } },
		interpolation: { escapeValue: false }, // React escapes
		react: { bindI18nStore: "added" }, // words that come later are shown where they were missing
	});
	await addFirstWords(language).catch(() => {}); // in Chinese then
}

/** Resolves once the pages beside the wall have their words. Chinese is what is shown where English cannot be fetched. */
export async function moreWords(): Promise<void> {
	const language = currentLanguage();
	if (
		language === "en" &&
		(await addMoreWords("en").then(
			() => true,
			() => false,
		))
	)
		return;
	await addMoreWords("zh-CN");
}

export function currentLanguage(): Language {
	return i18next.language === "en" ? "en" : "zh-CN";
}

export async function switchLanguage(): Promise<void> {
	const next: Language = currentLanguage() === "en" ? "zh-CN" : "en";
	await Promise.all([addFirstWords(next), addMoreWords(next)]).catch(() => {}); // what is missing is told in Chinese
	remember("language", next);
	document.documentElement.lang = next;
	await i18next.changeLanguage(next);
}

const addFirstWords = (language: Language) => add(language, "app", words[language].first);
const addMoreWords = (language: Language) => add(language, "history", words[language].more);

/** @param known one of the groups that are added: what is there is not fetched again */
async function add(
	language: Language,
	known: keyof FirstWords | keyof MoreWords,
	load: () => Promise<object>,
): Promise<void> {
	if (i18next.getResource(language, "page", known) !== undefined) return;
	i18next.addResourceBundle(language, "page", await load(), true);
}
