import { join } from "node:path";

/** Where the database lies in the data folder. */
export const databaseFile = (dataFolder: string) => join(dataFolder, "keepclear.db");
