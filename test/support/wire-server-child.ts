import { openStore } from "../../src/server/store/open-store.ts";
import { runIngest } from "./wire-world.ts";

/** The server's end of the wire as a process that may be killed. Arguments: database file, URL, user, password (of a test). */
const [file = "", url = "", username = "", password = ""] = process.argv.slice(2);
runIngest(openStore(file), { url, username, password });
