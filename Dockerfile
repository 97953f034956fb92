# The bridge as an image: compiled JavaScript, production dependencies, no compiler, not root.
# NODE_IMAGE may name any image that has Node 24 and npm (scripts/image.sh makes one where no registry is reachable).
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# Install scripts fetch or compile for the machine of the developer; the image needs neither.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/copy-assets.mjs scripts/
COPY src src
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json && node scripts/copy-assets.mjs

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The native parts (argon2, better-sqlite3) come ready-made inside their packages; other platforms' are dropped.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src node_modules/argon2/argon2 \
  && find node_modules -path '*/prebuilds/*' \( -name '*darwin*' -o -name '*win32*' -o -name '*freebsd*' \) -prune -exec rm -rf {} + \
  && find node_modules \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production FOOTBRIDGE_CONFIG=/etc/footbridge/footbridge.yaml
WORKDIR /app
RUN mkdir -p /var/lib/footbridge /etc/footbridge && chown 1000:1000 /var/lib/footbridge
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE ./
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
