package io.s3s3.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.s3s3.testkit.DiscardingS3;
import io.s3s3.testkit.FaultProxy;

/**
 * A server in a process of its own, so that its memory is not ours: discards content and
 * dies once so many bytes came. Tells its port first, then the digest of each path that
 * it is asked for.
 */
public final class FaultServer implements AutoCloseable {

	private final Process process;

	private final BufferedReader out;

	private final URI uri;

	private FaultServer(Process process) throws IOException {
		this.process = process;
		this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.uri = URI.create(this.out.readLine());
	}

	static FaultServer start(long cutAfter) throws IOException {
		String java = System.getProperty("java.home") + "/bin/java";
		return new FaultServer(
				new ProcessBuilder(List.of(java, "-Xmx256m", "-Dsun.net.httpserver.nodelay=true", "-classpath",
						System.getProperty("java.class.path"), FaultServer.class.getName(), String.valueOf(cutAfter)))
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start());
	}

	URI uri() {
		return this.uri;
	}

	String ask(String question) throws IOException {
		this.process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
		this.process.getOutputStream().flush();
		return this.out.readLine();
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * Serve until the standard input ends.
	 * @param arguments after how many bytes to die
	 * @throws IOException if nobody asks any more
	 */
	public static void main(String[] arguments) throws IOException {
		try (DiscardingS3 s3 = DiscardingS3.start(); FaultProxy proxy = FaultProxy.to(s3.uri())) {
			long cutAfter = Long.parseLong(arguments[0]);
			if (cutAfter > 0) {
				proxy.cutAfter(cutAfter);
			}
			System.out.println((cutAfter > 0) ? proxy.uri() : s3.uri());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String question = in.readLine(); question != null; question = in.readLine()) {
				switch (question) {
					case "uploads" -> System.out.println(s3.openUploads());
					case "heal" -> {
						proxy.heal();
						System.out.println("healed");
					}
					default -> System.out.println(s3.digest(question));
				}
			}
		}
	}

}
