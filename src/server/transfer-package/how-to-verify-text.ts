import type { TransferFacts } from "../transfers/transfer-facts.ts";

/** For whoever receives a package and is no programmer: what lies in it, how to check it, and what that proves. */
export const howToVerifyText = ({ number }: TransferFacts) => `线索移交包 ${number}：里面有什么，怎样核验
==================================================

本包是线索，待审核，不是处罚决定。

里面有什么
  letter.pdf         移交函：时间、地点、事实、照片、号牌、复核人、依据、原始文件的哈希值
  composite.jpg      上述照片的合成图，由副本合成，便于归档；以原始文件为准
  files              原始照片和原始视频，自摄像机取得后未作任何改动
                     （名称含 overlay 的是写有时间、地点等叠加信息的副本）
  markings           该通道公示的标线和标牌的照片
  manifests、keys    边缘节点对原始文件的签名清单，和用来核验签名的公钥
  clue.json          同样的事实，供信息系统读取（GA/T 1400 的写法）
  ORIGINALS.sha256   全部原始文件和签名清单的哈希值；移交函上印有本文件自己的哈希值
  SHA256SUMS         包内其余全部文件的哈希值

怎样核验
  1. 有 Keepclear 程序时：对本压缩包运行 keepclear verify，显示 holds 即为完好；有任何改动会指出是哪个文件。
     显示 holds as far as it is here 表示包内文件完好，但缺少所列的文件。
     不需要联网，也不需要联系移交单位。
  2. 没有 Keepclear 程序时：按 VERIFY.txt，用 sha256sum 和 openssl 两个通用程序逐项核对。
  3. 公钥的指纹（keys 中文件的名称）须与移交单位另行告知或公布的一致，不能只看包内的公钥。
  4. 计算 ORIGINALS.sha256 的 SHA-256，应与移交函上印的一致。

核验能说明什么
  能说明：照片和视频自边缘节点签名之后没有改动过，且由持有该密钥的设备签名。
  不能说明：摄像机所在位置、时钟是否正确、号牌是否读对、当事人是否违法。这些须由贵单位核查；
  时钟偏差和复核人见移交函。

Transfer package ${number}: what lies in it and how to verify it
=====================================================================

This package is a clue, to be reviewed. It is no decision to punish.

What lies in it
  letter.pdf         the letter: time, place, facts, photos, plate, reviewers, law, hashes of the originals
  composite.jpg      the same photos in one picture, made of copies, to be filed; the originals count
  files              the original photos and clips, as they came from the camera
                     (those with "overlay" in their name are copies with the facts written on them)
  markings           photos of the lane's published marking and sign
  manifests, keys    the edge's signed lists of the originals, and the public key that they are checked with
  clue.json          the same facts for programs (as GA/T 1400 writes them)
  ORIGINALS.sha256   hashes of all originals and signed lists; its own hash is printed in the letter
  SHA256SUMS         hashes of every other file of the package

How to verify it
  1. With Keepclear: run keepclear verify on the zip. It says "holds", or names the file that was changed; "holds as
     far as it is here" where sealed files are not in it, which it lists. It needs neither a network nor whoever made the
     package.
  2. Without: VERIFY.txt does it with sha256sum and openssl, step by step.
  3. The key's fingerprint (the name of the file in keys) must be the one that the sender told or published elsewhere.
  4. The SHA-256 of ORIGINALS.sha256 must be the one printed in the letter.

What that proves
  It does: nothing was changed since the edge signed it, and whoever signed held that key.
  It does not: where the camera stands, that its clock was right, that the plate was read well, that anybody broke the
  law. That is yours to find out; the clock's offset and the reviewers are told in the letter.
`;
