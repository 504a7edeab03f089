import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { callHttp } from "#platform/http-client.ts";
import { withinTime } from "#platform/within-time.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const signal = () => AbortSignal.timeout(10_000);

async function serve(listener: RequestListener): Promise<{ url: string; sockets: Socket[] }> {
	const sockets: Socket[] = [];
	const server = createServer(listener).on("connection", (socket) => sockets.push(socket));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	atEnd(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

it("sends what it is given over one kept connection, and answers redirects and errors like all else", async () => {
	const { url, sockets } = await serve((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const said = `${request.method} ${request.headers["x-word"] ?? ""} ${Buffer.concat(chunks).toString()}`;
			response.writeHead(Number(request.url?.slice(1)), { location: "http://elsewhere.example/" }).end(said);
		});
	});
	const ask = (status: number, body?: string) =>
		callHttp({
			...{ method: "PUT", url: `${url}/${status}`, signal: signal() },
			headers: { "x-word": "w" },
			...(body === undefined ? {} : { body }),
		});
	expect(await ask(200, "门")).toMatchObject({ status: 200, text: "PUT w 门" });
	for (const status of [302, 404, 507]) expect(await ask(status)).toMatchObject({ status, text: "PUT w " });
	expect(sockets).toHaveLength(1);
});

it("asks once more where the server has closed the kept connection meanwhile", async () => {
	let asked = 0;
	const { url } = await serve((request, response) => {
		asked += 1;
		if (asked === 2) request.socket.resetAndDestroy();
		else response.end(String(asked));
	});
	const ask = async () => (await callHttp({ method: "GET", url, signal: signal() })).text;
	expect([await ask(), await ask(), await ask()]).toEqual(["1", "3", "4"]);
});

it("gives up in time, also in the middle of an answer, and says why", async () => {
	const { url } = await serve((request, response) => {
		if (request.url === "/half") response.write("half");
	});
	for (const path of ["/never", "/half"]) {
		const asking = withinTime(200, signal(), (inTime) => callHttp({ method: "GET", url: url + path, signal: inTime }));
		await expect(asking, path).rejects.toMatchObject({ name: "TimeoutError" });
	}
	const refused = callHttp({ method: "GET", url: "http://127.0.0.1:9/", signal: signal() });
	await expect(refused).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
