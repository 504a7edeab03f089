import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "#contract/language.ts";
import { remember, remembered } from "../remembered.ts";
import { zhCN } from "./zh-CN.ts";
import "./dictionary.ts";

export async function startI18n(): Promise<void> {
	const chosen = remembered("language");
	const language: Language = chosen === "en" ? "en" : "zh-CN";
	document.documentElement.lang = language;
	const english = language === "en" ? await loadEnglish() : null;
	await i18next.use(initReactI18next).init({
		lng: language,
		fallbackLng: "zh-CN",
		defaultNS: "page",
		resources: { "zh-CN": { page: zhCN }, ...(english ? { en: { page: english } } : {}) },
		interpolation: { escapeValue: false }, // React escapes
	});
}

/** Fetched by those who read it; Chinese is also what is shown where it cannot be. */
const loadEnglish = () => import("./en.ts").then(({ en }) => en).catch(() => null);

export function currentLanguage(): Language {
	return i18next.language === "en" ? "en" : "zh-CN";
}

export async function switchLanguage(): Promise<void> {
	const next: Language = currentLanguage() === "en" ? "zh-CN" : "en";
	const english = next === "en" && !i18next.hasResourceBundle("en", "page") ? await loadEnglish() : null;
	if (english) i18next.addResourceBundle("en", "page", english);
	remember("language", next);
	document.documentElement.lang = next;
	await i18next.changeLanguage(next);
}
