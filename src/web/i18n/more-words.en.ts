import type { MoreWords } from "./dictionary.ts";
import { enAudit } from "./audit.en.ts";
import { enCameraProblems } from "./camera-problems.en.ts";
import { enClues } from "./clues.en.ts";
import { enEdges } from "./edges.en.ts";
import { enFactor } from "./factor.en.ts";
import { enGuard } from "./guard.en.ts";
import { enHistory } from "./history.en.ts";
import { enInbox } from "./inbox.en.ts";
import { enNotices } from "./notices.en.ts";
import { enPhotos } from "./photos.en.ts";
import { enRetention } from "./retention.en.ts";
import { enSeen } from "./seen.en.ts";
import { enSiteCard } from "./site-card.en.ts";
import { enSpeaker } from "./speaker.en.ts";
import { enStation } from "./station.en.ts";
import { enUsers } from "./users.en.ts";
import { enZones } from "./zones.en.ts";
import { enCameras } from "./cameras.en.ts";
import { enPlates } from "./plates.en.ts";
import { enVideo } from "./video.en.ts";
import { enPolicy } from "./policy.en.ts";
import { enOrganisation } from "./organisation.en.ts";
import { enTargets } from "./targets.en.ts";

/** As more-words.zh-CN.ts. */
export const enMore: MoreWords = {
	history: enHistory,
	...enClues,
	...enInbox,
	...enAudit,
	...enSiteCard,
	...enSpeaker,
	...enStation,
	...enPhotos,
	...enRetention,
	...enFactor,
	...enGuard,
	...enNotices,
	...enSeen,
	...enEdges,
	...enUsers,
	...enZones,
	...enCameraProblems,
	...enCameras,
	...enPlates,
	...enVideo,
	...enPolicy,
	...enOrganisation,
	...enTargets,
};
