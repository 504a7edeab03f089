import { type ChildProcess, execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { ended, spawnTied } from "#platform/child-process.ts";
import { freePort } from "../../src/cli/demo/free-port.ts";
import { until } from "./poll.ts";

const program = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"].find((path) => existsSync(path));
const passwordTool = ["/usr/bin/mosquitto_passwd", "/usr/local/bin/mosquitto_passwd"].find((path) => existsSync(path));
/** Tests that need it say `skipIf(!hasMosquitto)`, which shows in the closing line. */
export const hasMosquitto = program !== undefined && passwordTool !== undefined;

export interface MosquittoOptions {
	readonly folder: string;
	readonly users: Readonly<Record<string, string>>;
	readonly tls?: MosquittoTls;
}
export interface MosquittoTls {
	readonly certificateFile: string;
	readonly keyFile: string;
}

/** The access rules that we recommend are those that are tested. */
const recommendedRules = new URL("../../config/mosquitto.example.acl", import.meta.url);

export interface Mosquitto {
	readonly port: number;
	start(): Promise<void>;
	/** SIGKILL. */
	kill(): Promise<void>;
}

/** Debian's mosquitto on a free port, with its own users. Nothing is on until `start`. */
export async function prepareMosquitto({ folder, users, tls }: MosquittoOptions): Promise<Mosquitto> {
	if (!program || !passwordTool) throw new Error("mosquitto is not installed: apt-get install mosquitto");
	const mosquittoProgram = program;
	const port = await freePort();
	const passwordFile = join(folder, "passwords");
	const lines = Object.entries(users).map(([name, password]) => `${name}:${password}\n`);
	writeFileSync(passwordFile, lines.join(""), { mode: 0o600 });
	execFileSync(passwordTool, ["-U", passwordFile]);
	const aclFile = join(folder, "acl");
	copyFileSync(recommendedRules, aclFile);
	chmodSync(aclFile, 0o600);
	const config = [
		"user root", // otherwise it becomes a user who cannot read our files
		"per_listener_settings false",
		`listener ${port} 127.0.0.1`,
		"allow_anonymous false",
		`password_file ${passwordFile}`,
		`acl_file ${aclFile}`,
		...(tls ? [`certfile ${tls.certificateFile}`, `keyfile ${tls.keyFile}`] : []),
		"persistence false",
	];
	const configFile = join(folder, "mosquitto.conf");
	writeFileSync(configFile, config.map((line) => `${line}\n`).join(""));

	let child: ChildProcess | null = null;
	return {
		port,
		async start() {
			const started = spawnTied(mosquittoProgram, ["-c", configFile], { stdio: ["ignore", "ignore", "pipe"] });
			child = started;
			const said: string[] = [];
			started.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
			await until("mosquitto to listen", () => listens(port), { lastSeen: () => said.join("") });
		},
		async kill() {
			if (!child) return;
			const gone = ended(child);
			child.kill("SIGKILL");
			child = null;
			await gone;
		},
	};
}

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ port, host: "127.0.0.1" });
		socket.once("connect", () => {
			socket.destroy();
			resolve(true);
		});
		socket.once("error", () => resolve(false));
	});
}
