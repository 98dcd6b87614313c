# syntax=docker/dockerfile:1
# Pharos in a container: the program, its model and the modules it needs, and no compiler. docs/running.md tells how.
ARG NODE=20

# The program, compiled to JavaScript. Nothing native is needed for that.
FROM node:${NODE}-bookworm-slim AS program
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json vite.config.ts ./
RUN npm ci --ignore-scripts
COPY src src
RUN npm run build

# The modules it runs with. Two of them are compiled; the full image has a compiler and the headers of this Node.
FROM node:${NODE}-bookworm AS modules
ENV npm_config_nodedir=/usr/local
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm pkg delete scripts.prepare && npm ci --omit=dev
# Two thirds of them are of no use here: what runs in browsers, on other systems, and what was compiled from.
RUN rm -rf node_modules/onnxruntime-web node_modules/@xenova/transformers/types node_modules/@xenova/transformers/src \
      node_modules/better-sqlite3/deps node_modules/better-sqlite3/src node_modules/hnswlib-node/src \
 && find node_modules/onnxruntime-node/bin/napi-v6 -mindepth 2 -maxdepth 2 \
      ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} + \
 && find node_modules/better-sqlite3/build node_modules/hnswlib-node/build -type f ! -path '*/Release/*.node' -delete \
 && find node_modules/better-sqlite3/build node_modules/hnswlib-node/build -path '*/obj.target/*' -delete

FROM node:${NODE}-bookworm-slim
LABEL org.opencontainers.image.title="Pharos" \
      org.opencontainers.image.description="A search engine for research papers that runs on your own machine." \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    PHAROS_HOST=0.0.0.0 \
    PHAROS_INDEX=/data/index \
    PHAROS_MODELS_DIR=/data/models
WORKDIR /app
COPY package.json LICENSE ./
COPY models models
COPY data data
COPY --from=modules /app/node_modules node_modules
COPY --from=program /app/dist dist
# The program belongs to root, so that who runs it cannot change it; only /data is to be written to.
RUN ln -s /app/dist/cli/main.js /usr/local/bin/pharos && mkdir /data && chown 1000:1000 /data
USER 1000:1000
VOLUME /data
EXPOSE 7433
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PHAROS_PORT || 7433}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["pharos"]
# Whoever reaches the port may read; who that is, is decided by where it is published. Writing needs a key.
CMD ["serve", "--sample", "--public"]
