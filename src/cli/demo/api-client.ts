import { attendedHeader } from "#contract/session-api.ts";

/** The HTTP API as a person's browser uses it: signs in, carries the cookie and the CSRF token. */
export class ApiClient {
	readonly #url: string;
	readonly #headers: Record<string, string>;

	private constructor(url: string, headers: Record<string, string>) {
		this.#url = url;
		this.#headers = headers;
	}

	/** @throws Error when the server refuses. */
	static async signIn(url: string, name: string, password: string): Promise<ApiClient> {
		const answer = await fetch(new URL("/api/session", url), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ name, password }),
		});
		const { csrfToken } = (await readAnswer(answer)) as { csrfToken: string };
		const cookie = answer.headers
			.getSetCookie()
			.map((line) => line.split(";", 1)[0])
			.join("; ");
		return new ApiClient(url, { cookie, "x-csrf-token": csrfToken, [attendedHeader]: "1" });
	}

	get = <T>(path: string) => this.#call<T>("GET", path);
	post = <T>(path: string, body: unknown) => this.#call<T>("POST", path, body);
	put = <T>(path: string, body: unknown) => this.#call<T>("PUT", path, body);

	delete = <T>(path: string) => this.#call<T>("DELETE", path);

	/** A file. */
	async bytes(path: string): Promise<Uint8Array> {
		const answer = await fetch(new URL(path, this.#url), { headers: this.#headers });
		if (!answer.ok) await readAnswer(answer);
		return new Uint8Array(await answer.arrayBuffer());
	}

	async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(new URL(path, this.#url), {
			method,
			headers: { ...this.#headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return (await readAnswer(answer)) as T;
	}
}

async function readAnswer(answer: Response): Promise<unknown> {
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${new URL(answer.url).pathname} answered ${answer.status}: ${text}`);
	return text ? JSON.parse(text) : null;
}
