import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { askWhoIsSignedIn, keepAttended } from "./account.ts";
import { App } from "./app.tsx";
import { startAttendance } from "./attendance.ts";
import { startBackGuard } from "./components/back-guard.ts";
import { startI18n } from "./i18n/i18n.ts";
import { startSound } from "./sound/alert-sound.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/dialog.css";
import "./styles/picture.css";
import "./styles/shell.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

await startI18n();
startSound();
startBackGuard();
startAttendance(() => void keepAttended());
void askWhoIsSignedIn();
createRoot(root).render(
	<StrictMode>
		<App />
	</StrictMode>,
);
