import { useTranslation } from "react-i18next";
import { switchLanguage } from "../i18n/i18n.ts";
import { useObservable } from "../observable.ts";
import { sound, switchSoundOff, switchSoundOn } from "../sound/alert-sound.ts";
import { switchTheme, systemTheme, theme } from "../theme/theme.ts";
import { Icon } from "./icon.tsx";

export function LanguageButton() {
	const { t, i18n } = useTranslation();
	return (
		<button
			type="button"
			className="button quiet"
			lang={i18n.language === "en" ? "zh-CN" : "en"}
			title={t("app.language")}
			data-testid="language"
			onClick={() => void switchLanguage()}
		>
			<Icon name="globe" />
			{t("app.languageShort")}
			<span className="visually-hidden"> {t("app.language")}</span>
		</button>
	);
}

export function ThemeButton() {
	const { t } = useTranslation();
	const dark = (useObservable(theme) ?? systemTheme()) === "dark";
	const words = dark ? t("app.themeLight") : t("app.themeDark");
	return (
		<button
			type="button"
			className="button quiet square"
			aria-label={words}
			title={words}
			data-testid="theme"
			onClick={switchTheme}
		>
			<Icon name={dark ? "sun" : "moon"} />
		</button>
	);
}

/** Says whether alerts are heard, and switches it: browsers let a page ring only after a click. */
export function SoundButton() {
	const { t } = useTranslation();
	const state = useObservable(sound);
	if (state === "unsupported") return <span className="sound-none">{t("sound.unsupported")}</span>;
	const on = state === "on";
	return (
		<button
			type="button"
			className={on ? "button quiet" : "button sound-wanted"}
			title={on ? t("sound.disable") : t("sound.hint")}
			aria-pressed={on}
			data-testid="sound"
			data-state={state}
			onClick={() => (on ? switchSoundOff() : void switchSoundOn())}
		>
			<Icon name={on ? "soundOn" : "soundOff"} />
			<span className="sound-words">
				{on ? t("sound.on") : state === "blocked" ? t("sound.blocked") : t("sound.enable")}
			</span>
		</button>
	);
}
