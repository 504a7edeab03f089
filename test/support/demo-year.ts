import { demoSites } from "../../fixtures/year/demo-places.ts";
import { putSite } from "../../fixtures/year/put-site.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import type { Role } from "#contract/session-api.ts";
import type { TestApp } from "./server-app.ts";

/** The sites of `npm run seed:demo` up to the server's own time, handled by people whom the server knows. */
export async function putDemoYear(
	server: TestApp,
	people: { readonly admin: string; readonly manager: string; readonly officers: readonly [string, string] },
	{ days }: { readonly days: number },
): Promise<void> {
	const { parts, clock } = server;
	const to = clock.now;
	const session = (name: string) => {
		const found = parts.store
			.prepare<[string], { id: string; role: Role }>("SELECT id, role FROM users WHERE name = ?")
			.get(name);
		if (!found) throw new Error(`nobody is called ${name}`);
		const scopes = [{ kind: "all" }] as const;
		return {
			...{ tokenHash: "", csrfToken: "", seenAt: to, expiresAt: to, sites: everySite },
			user: { ...found, name, receiverId: null, scopes },
		};
	};
	const [one, other] = people.officers;
	const those = {
		...({ admin: session(people.admin), manager: session(people.manager) } as never as DemoPeople),
		...{ officers: [session(one), session(other)] as never, names: [] },
	};
	for (const [index, site] of demoSites.entries()) {
		const year = { seed: 1000 + index * 100, timeZone: "Asia/Shanghai", from: to - days * 86_400_000, to };
		await putSite({ parts, clock, people: those }, site, year);
	}
	clock.now = to;
}
type DemoPeople = Parameters<typeof putSite>[0]["people"];
