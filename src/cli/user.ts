import { existsSync } from "node:fs";
import { InvalidArgumentError, type Command } from "commander";
import { type Role, roles } from "#contract/session-api.ts";
import { InputError, loadFile } from "#platform/input-error.ts";
import { changePassword, createUser, disableUser } from "../server/accounts/accounts-actions.ts";
import { listUsers } from "../server/accounts/accounts-store.ts";
import { serverConfigSchema } from "../server/config.ts";
import { databaseFile } from "../server/store/database-file.ts";
import { openStore, type Store } from "../server/store/open-store.ts";
import { askPassword } from "./ask-password.ts";

interface Options {
	readonly config: string;
	readonly ask?: true;
	readonly role?: Role;
}

const configOption = ["--config <file>", "the server's configuration"] as const;
const askOption = ["--ask", "ask for the password (or read it from standard input) instead of making one up"] as const;

export function registerUser(program: Command): void {
	const user = program.command("user").description("who may sign in");

	user
		.command("add <name>")
		.description("adds a user; the password is made up and printed once, or asked for; it never stands in the command")
		.requiredOption(...configOption)
		.option("--role <role>", roles.join(" or "), parseRole, "operator")
		.option(...askOption)
		.action((name: string, options: Options) =>
			withStore(options, async (store) => {
				const asked = options.ask ? { password: await askPassword() } : {};
				const { user, password } = await createUser(
					store,
					{ name, role: options.role ?? "operator", ...asked },
					Date.now(),
				);
				console.log(`${user.name} may sign in as ${user.role}.`);
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
		.command("list")
		.description("all users")
		.requiredOption(...configOption)
		.action((options: Options) =>
			withStore(options, async (store) => {
				for (const { name, role, disabledAt } of listUsers(store)) {
					console.log(
						[name, role, disabledAt === null ? "" : `disabled ${new Date(disabledAt).toISOString()}`].join("\t"),
					);
				}
			}),
		);
}

/** The running server uses the same database; it sees the change at once. */
async function withStore({ config: file }: Options, use: (store: Store) => Promise<void>): Promise<void> {
	const { dataFolder } = await loadFile(serverConfigSchema, file);
	const database = databaseFile(dataFolder);
	if (!existsSync(database)) throw new InputError(`${database}: there is no database yet; start the server once`);
	const store = openStore(database);
	try {
		await use(store);
	} finally {
		store.close();
	}
}

function parseRole(text: string): Role {
	const role = roles.find((known) => known === text);
	if (!role) throw new InvalidArgumentError(`allowed is ${roles.join(" or ")}.`);
	return role;
}
