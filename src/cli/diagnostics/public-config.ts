/** Keys whose texts are words of the program, not of its user. */
const openKeys = new Set(["kind", "timeZone", "levels", "place", "as", "security", "model", "from", "to"]);
const openHosts = new Set(["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"]);
const openForms = /^(\d\d:\d\d|[a-z][a-z_0-9]{0,30}|[A-Z][A-Za-z]+\/[A-Za-z_]+)$/;

/**
 * A configuration as everybody may see it: figures and switches stay, of texts only words of the program. So a key that is
 * added tomorrow is not told by mistake.
 */
export function publicConfig(value: unknown, key = ""): unknown {
	if (Array.isArray(value)) return value.map((each) => publicConfig(each, key));
	if (typeof value === "object" && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, publicConfig(each, name)]));
	}
	if (typeof value !== "string") return value;
	if (isOpen(key, value)) return value;
	return URL.canParse(value) && value.includes("://") ? publicUrl(new URL(value)) : `<${value.length} characters>`;
}

const isOpen = (key: string, text: string) =>
	(openKeys.has(key) && openForms.test(text)) || (key === "host" && openHosts.has(text));

/** Every text of a configuration that is not shown: it is shown nowhere else either. */
export function privateTexts(value: unknown, key = ""): readonly string[] {
	if (Array.isArray(value)) return value.flatMap((each) => privateTexts(each, key));
	if (typeof value === "object" && value !== null) {
		return Object.entries(value).flatMap(([name, each]) => privateTexts(each, name));
	}
	return typeof value === "string" && value.length > 3 && !isOpen(key, value) ? [value] : [];
}

const publicUrl = ({ protocol, hostname, port }: URL) =>
	`${protocol}//${openHosts.has(hostname) ? hostname : "<host>"}${port ? `:${port}` : ""}`;
