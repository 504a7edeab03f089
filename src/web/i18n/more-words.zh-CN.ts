import { zhAudit } from "./audit.zh-CN.ts";
import { zhCameraProblems } from "./camera-problems.zh-CN.ts";
import { zhClues } from "./clues.zh-CN.ts";
import { zhEdges } from "./edges.zh-CN.ts";
import { zhFactor } from "./factor.zh-CN.ts";
import { zhGuard } from "./guard.zh-CN.ts";
import { zhHistory } from "./history.zh-CN.ts";
import { zhInbox } from "./inbox.zh-CN.ts";
import { zhNotices } from "./notices.zh-CN.ts";
import { zhPhotos } from "./photos.zh-CN.ts";
import { zhRetention } from "./retention.zh-CN.ts";
import { zhSeen } from "./seen.zh-CN.ts";
import { zhSiteCard } from "./site-card.zh-CN.ts";
import { zhSpeaker } from "./speaker.zh-CN.ts";
import { zhStation } from "./station.zh-CN.ts";
import { zhUsers } from "./users.zh-CN.ts";
import { zhZones } from "./zones.zh-CN.ts";
import { zhCameras } from "./cameras.zh-CN.ts";
import { zhPlates } from "./plates.zh-CN.ts";
import { zhVideo } from "./video.zh-CN.ts";
import { zhPolicy } from "./policy.zh-CN.ts";
import { zhOrganisation } from "./organisation.zh-CN.ts";
import { zhTargets } from "./targets.zh-CN.ts";

/** What the other pages say: it comes with the first of them. */
export const zhMore = {
	history: zhHistory,
	...zhClues,
	...zhInbox,
	...zhAudit,
	...zhSiteCard,
	...zhSpeaker,
	...zhStation,
	...zhPhotos,
	...zhRetention,
	...zhFactor,
	...zhGuard,
	...zhNotices,
	...zhSeen,
	...zhEdges,
	...zhUsers,
	...zhZones,
	...zhCameraProblems,
	...zhCameras,
	...zhPlates,
	...zhVideo,
	...zhPolicy,
	...zhOrganisation,
	...zhTargets,
};
