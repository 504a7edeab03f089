import { join } from "node:path";

/** Where the key of what the database keeps sealed lies. */
export const keyFileOf = ({ dataFolder, secrets }: { dataFolder: string; secrets: { keyFile?: string | undefined } }) =>
	secrets.keyFile ?? join(dataFolder, "secrets.key");
