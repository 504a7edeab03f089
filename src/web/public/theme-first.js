// Runs before the first paint, so that a page set to dark never flashes white. Kept in step with theme/theme.ts.
try {
	const chosen = localStorage.getItem("keepclear.theme");
	if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
	const language = localStorage.getItem("keepclear.language");
	if (language === "en" || language === "zh-CN") document.documentElement.lang = language;
} catch {
	// Storage may be forbidden: the system's preference then holds.
}
