# The pages are built with everything, the service runs with what it needs. test/tooling/image.test.ts runs the same commands in a
# bare folder. Node is the version of package.json.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node src/cli/buildWeb.ts

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY migrations migrations
COPY src src
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=2m CMD ["node", "src/cli/healthy.ts"]
CMD ["node", "src/server.ts"]
