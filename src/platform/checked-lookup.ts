import { lookup as lookUp, type LookupAddress, type LookupOptions } from "node:dns";

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;
export type Resolver = (
	host: string,
	options: LookupOptions & { all: true },
	found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * For `lookup` of a connection: the addresses that were looked at are the ones that are connected to, whatever the name says
 * a moment later.
 * @param choose of all that the name stands for, those that may be connected to; where there is none, the connection fails
 * @param code of the error then
 */
export const checkedLookup =
	(choose: (addresses: LookupAddress[]) => LookupAddress[], code: string, resolve: Resolver = lookUp) =>
	(host: string, options: LookupOptions, found: Found): void =>
		resolve(host, { ...options, all: true }, (error, addresses) => {
			if (error) return found(error, []);
			const chosen = choose(addresses);
			const [first] = chosen;
			if (!first) return found(Object.assign(new Error("an address that is not allowed"), { code }), []);
			if (options.all) found(null, chosen);
			else found(null, first.address, first.family);
		});
