import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { may } from "#core/roles/role-table.ts";
import { rights, roles } from "#core/roles/role-words.ts";
import { enRoles } from "../../src/web/i18n/roles.en.ts";
import { zhRoles } from "../../src/web/i18n/roles.zh-CN.ts";

const file = new URL("../../src/core/roles/README.md", import.meta.url);

/** `UPDATE_DOCUMENTS=1` writes it anew. */
it("the table of rights in words is that of the code", () => {
	const text = documentOf();
	if (process.env["UPDATE_DOCUMENTS"] === "1") writeFileSync(file, text);
	expect(readFileSync(file, "utf8")).toBe(text);
});

function documentOf(): string {
	const [en, zh] = [enRoles.roles, zhRoles.roles];
	const who = roles.map((role) => {
		const may_ = rights.filter((right) => may(role, right)).map((right) => `\`${right}\``);
		return `| \`${role}\` | ${en[`role_${role}`]} | ${zh[`role_${role}`]} | ${may_.join(", ")} |`;
	});
	const what = rights.map((right) => `| \`${right}\` | ${en[`says_${right}`]} | ${zh[`says_${right}`]} |`);
	return [
		"# Who may do what",
		"",
		`${en.hint} Made of \`role-table.ts\` by \`UPDATE_DOCUMENTS=1 npx vitest run --project unit roles-document\`.`,
		"",
		...["| role | | | rights |", "|---|---|---|---|", ...who],
		"",
		...["| right | lets one | |", "|---|---|---|", ...what],
		"",
	].join("\n");
}
