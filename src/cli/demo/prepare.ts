import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createFirstAdministrator } from "../../server/accounts/accounts-actions.ts";
import { listUsers } from "../../server/accounts/accounts-store.ts";
import { setMustChangePassword } from "../../server/accounts/users-store.ts";
import { createEdge } from "../../server/edges/edges-actions.ts";
import { databaseFile } from "../../server/store/database-file.ts";
import { openStore } from "../../server/store/open-store.ts";
import { freePort } from "./free-port.ts";

/** One site with one server and one edge, each with a configuration file and a folder of its own. */
export interface Installation {
	readonly url: string;
	readonly edgeId: string;
	readonly signIn: { readonly name: string; readonly password: string };
	readonly serverConfigFile: string;
	readonly serverDataFolder: string;
	readonly edgeConfigFile: string;
	readonly edgeDataFolder: string;
}

/** Delays short enough to watch. A real site keeps the defaults: 120 s for a vehicle. */
const quickPolicy = { vehicleOnDelayMs: 5000, confirmAfterMs: 10_000, objectOnDelayMs: 15_000, offDelayMs: 3000 };

/**
 * Writes what an installer writes by hand: two configuration files, the first administrator, the edge's token.
 * `serverMore`: further keys of the server's file.
 */
export async function prepareInstallation(
	folder: string,
	httpPort = 0,
	serverMore: object = {},
): Promise<Installation> {
	const serverDataFolder = join(folder, "server");
	const edgeDataFolder = join(folder, "edge");
	for (const made of [serverDataFolder, edgeDataFolder]) await mkdir(made, { recursive: true, mode: 0o700 });
	const edgeId = "edge-1";
	const port = httpPort || (await freePort());
	const mqttPort = await freePort();
	const url = `http://127.0.0.1:${port}`;

	const store = openStore(databaseFile(serverDataFolder));
	const password = await createFirstAdministrator(store, Date.now());
	// Nobody else sees it, and it is gone when the demo ends.
	for (const { id } of listUsers(store)) setMustChangePassword(store, id, false);
	const { token } = createEdge(store, { id: edgeId, siteId: "demo-estate", name: "南门岗亭" });
	store.close();
	if (!password) throw new Error(`${serverDataFolder} is in use already`);

	const serverConfigFile = await writeConfig(join(folder, "server.yaml"), {
		name: "阳光花园",
		listen: { host: "127.0.0.1", port },
		dataFolder: serverDataFolder,
		mqtt: { kind: "embedded", host: "127.0.0.1", port: mqttPort },
		policy: quickPolicy,
		accounts: { secondFactor: "offered" }, // whoever tries it has no minute for that; a real site keeps the default
		...serverMore,
	});
	const edgeConfigFile = await writeConfig(join(folder, "edge.yaml"), {
		siteId: "demo-estate",
		edgeId,
		server: { url, token },
		mqtt: { url: `mqtt://127.0.0.1:${mqttPort}` },
		cameraNetworks: ["0.0.0.0/0", "::/0"], // the demo's camera is on this machine, yours where you say
		dataFolder: edgeDataFolder,
	});
	return {
		url,
		edgeId,
		signIn: { name: "admin", password },
		serverConfigFile,
		serverDataFolder,
		edgeConfigFile,
		edgeDataFolder,
	};
}

/** JSON is YAML. The file holds a token: nobody else may read it. */
async function writeConfig(file: string, config: unknown): Promise<string> {
	await writeFile(file, JSON.stringify(config, null, "\t"), { mode: 0o600 });
	return file;
}
