import { InvalidArgumentError, type Command } from "commander";
import { type Role, roles } from "#contract/session-api.ts";
import type { UserAnswer } from "#contract/users-api.ts";
import { factorModeOf } from "#core/accounts/second-factor.ts";
import { seesEverySiteByDefault, seesTransfersAlone } from "#core/roles/role-table.ts";
import type { Scope } from "#core/roles/scope.ts";
import { InputError } from "#platform/input-error.ts";
import { changePassword, createUser, disableUser, resetFactorByName } from "../server/accounts/accounts-actions.ts";
import { readScope } from "../server/accounts/read-scope.ts";
import { scopesOf } from "../server/accounts/scopes-store.ts";
import { listUserAnswers } from "../server/accounts/users-store.ts";
import { listParts } from "../server/organisation/parts-store.ts";
import { findReceiver, listReceivers } from "../server/receivers/receivers-store.ts";
import type { Store } from "../server/store/open-store.ts";
import { askPassword } from "./ask-password.ts";
import { type ServerFileOption, withStore } from "./with-store.ts";

interface Options extends ServerFileOption {
	readonly ask?: true;
	readonly role?: Role;
	readonly scope?: readonly string[];
	readonly receiver?: string;
}

const configOption = ["--config <file>", "the server's configuration"] as const;
const askOption = ["--ask", "ask for the password (or read it from standard input) instead of making one up"] as const;

export function registerUser(program: Command): void {
	const user = program.command("user").description("who may sign in");

	user
		.command("add <name>")
		.description("adds a user; the password is made up and printed once, or asked for; it never stands in the command")
		.requiredOption(...configOption)
		.option("--role <role>", roles.join(", "), parseRole, "duty_officer")
		.option(
			"--scope <where>",
			"where the rights hold: all, or site:<id or name>, street:…, district:…, sector:…; repeatable; all for admin and auditor",
			(text: string, before: readonly string[] = []) => [...before, text],
		)
		.option("--receiver <id or name>", "the authority that traffic_police, police_station or fire_supervisor works for")
		.option(...askOption)
		.action((name: string, options: Options) =>
			withStore(options, async (store) => {
				const role = options.role ?? "duty_officer";
				const scopes = scopesFor(store, role, options.scope);
				const receiverId = options.receiver === undefined ? null : readReceiver(store, options.receiver);
				const asked = options.ask ? { password: await askPassword() } : {};
				const { user, password } = await createUser(store, { name, role, scopes, receiverId, ...asked }, Date.now());
				console.log(`${user.name} may sign in as ${user.role}, ${whereOf(store, user)}.`);
				if (!options.ask) console.log(`Password (shown once): ${password}`);
			}),
		);

	user
		.command("password <name>")
		.description("sets a new password, ends the user's sessions, and lets a disabled user in again")
		.requiredOption(...configOption)
		.option(...askOption)
		.action((name: string, options: Options) =>
			withStore(options, async (store) => {
				const password = await changePassword(store, name, options.ask ? await askPassword() : undefined);
				console.log(options.ask ? "The password is changed." : `Password (shown once): ${password}`);
			}),
		);

	user
		.command("disable <name>")
		.description("signs a user out everywhere and lets nobody sign in by this name")
		.requiredOption(...configOption)
		.action((name: string, options: Options) =>
			withStore(options, async (store) => {
				disableUser(store, name, Date.now());
				console.log(`${name} may not sign in any more.`);
			}),
		);

	user
		.command("reset-factor <name>")
		.description(
			"where the telephone is lost: takes the second factor away and ends the user's sessions; the next sign-in sets up another",
		)
		.requiredOption(...configOption)
		.action((name: string, options: Options) =>
			withStore(options, async (store) => {
				resetFactorByName(store, name, Date.now());
				console.log(`The second factor of ${name} is gone: the password alone lets in to set up another.`);
			}),
		);

	user
		.command("list")
		.description("all users: name, role, where, second factor, whether disabled")
		.requiredOption(...configOption)
		.action((options: Options) =>
			withStore(options, async (store, config) => {
				const needsFactor = (role: Role) => factorModeOf(config.accounts.secondFactor, role) === "required";
				for (const user of listUserAnswers(store, { now: Date.now(), needsFactor })) {
					const { name, role, disabledAt, factor } = user;
					const state = disabledAt === null ? "" : `disabled ${new Date(disabledAt).toISOString()}`;
					console.log([name, role, whereOf(store, user), factorWords[factor], state].join("\t"));
				}
			}),
		);
}

const factorWords: Readonly<Record<UserAnswer["factor"], string>> = {
	set_up: "second factor set up",
	due: "second factor due",
	none: "no second factor",
};

/** Who runs or audits the system answers for all of it unless somebody says otherwise; for all others it must be said. */
function scopesFor(store: Store, role: Role, texts: readonly string[] = []): readonly Scope[] {
	if (texts.length > 0) return texts.map((text) => readScope(store, text));
	if (seesEverySiteByDefault(role)) return [{ kind: "all" }];
	if (seesTransfersAlone(role)) return [];
	const sites = listParts(store, "site").map(({ id }) => `site:${id}`);
	throw new InputError(
		`--scope is missing: where do the rights of a ${role} hold? Allowed is all${sites.length > 0 ? `, ${sites.join(", ")}` : ""}, or street:…, district:…, sector:…; more than one by more than one --scope`,
	);
}

function whereOf(store: Store, { id, receiverId }: Pick<UserAnswer, "id" | "receiverId">): string {
	const scopes = scopesOf(store, id).map((scope) =>
		scope.kind === "all" ? "everywhere" : `${scope.kind}:${scope.id}`,
	);
	return [
		...scopes,
		...(receiverId === null ? [] : [`for ${findReceiver(store, receiverId)?.name ?? receiverId}`]),
	].join(", ");
}

function readReceiver(store: Store, text: string): string {
	const known = listReceivers(store);
	const found = known.find(({ id, name }) => id === text || name === text);
	if (found) return found.id;
	const names = known.map(({ name }) => name).join(", ") || "none; an administrator adds them on the page";
	throw new InputError(`--receiver ${text}: there is no such authority. There are: ${names}`);
}

function parseRole(text: string): Role {
	const role = roles.find((known) => known === text);
	if (!role) throw new InvalidArgumentError(`allowed is ${roles.join(", ")}.`);
	return role;
}
