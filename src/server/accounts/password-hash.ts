import { hash, verify } from "@node-rs/argon2";
import { randomPassword } from "../http/secrets.ts";

/** argon2id (the library's default), 19 MiB and two passes: about 70 ms on a small machine. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password.normalize("NFKC"), cost);

/** For a name that nobody has, it takes as long as for one that somebody has. */
export async function passwordFits(password: string, passwordHash: string | undefined): Promise<boolean> {
	const fits = await verify(passwordHash ?? (await nobodysHash()), password.normalize("NFKC"));
	return fits && passwordHash !== undefined;
}

let nobody: Promise<string> | undefined;
/** Made ahead at the start, so that the first unknown name takes no longer either. */
export const nobodysHash = () => (nobody ??= hashPassword(randomPassword()));
