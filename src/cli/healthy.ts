/** Whether the service in this container lives: what the image's health check runs. Ends with 0 when it does. */
const { PORT = '3000' } = process.env
const alive = await fetch(`http://127.0.0.1:${PORT}/livez`).then(
  ({ ok }) => ok,
  () => false,
)
process.exitCode = alive ? 0 : 1
