# Two small images from one file:  docker build --target server .   docker build --target edge .
# Both run as an unprivileged user and write to /data alone, so that the root file system can be read-only.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The runtime of the models comes for every system at once; an image is of one. Of the font one weight of nine is drawn with.
RUN node_modules/.bin/vite build src/web && npm prune --omit=dev --no-audit --no-fund \
	&& rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32 \
	&& rm -rf node_modules/@expo-google-fonts/noto-sans-sc/100Thin node_modules/@expo-google-fonts/noto-sans-sc/200ExtraLight \
		node_modules/@expo-google-fonts/noto-sans-sc/300Light node_modules/@expo-google-fonts/noto-sans-sc/500Medium \
		node_modules/@expo-google-fonts/noto-sans-sc/600SemiBold node_modules/@expo-google-fonts/noto-sans-sc/700Bold \
		node_modules/@expo-google-fonts/noto-sans-sc/800ExtraBold node_modules/@expo-google-fonts/noto-sans-sc/900Black

FROM node:24-bookworm-slim AS program
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg openssl tini && rm -rf /var/lib/apt/lists/* \
	&& install -d -o node -g node /data
WORKDIR /app
ENV NODE_ENV=production KEEPCLEAR_MODELS=/data/models TMPDIR=/data
COPY --from=packages /app/package.json /app/package-lock.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/scripts scripts
COPY --from=packages /app/src src
# The command line's doctor and diagnostics look at both programs.
COPY --from=packages /app/edge edge
COPY --from=packages /app/models models
USER node
VOLUME /data
ENTRYPOINT ["tini", "--", "node", "scripts/keepclear.mjs"]

FROM program AS server
COPY --from=packages /app/dist dist
EXPOSE 8080 1883
CMD ["server", "--config", "/data/server.yaml"]

FROM program AS edge
CMD ["edge", "--config", "/data/edge.yaml"]
