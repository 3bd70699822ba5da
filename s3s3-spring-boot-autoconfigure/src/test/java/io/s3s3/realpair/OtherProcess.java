package io.s3s3.realpair;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.s3s3.FailoverS3Client;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A Java process of its own that makes the calls which it is told, with the tokens that
 * it is given. One thread's.
 */
public final class OtherProcess implements TokenUser, AutoCloseable {

	/** What an answer begins with, since the process may log, too. */
	private static final String ANSWER = "answer:";

	private final Process process;

	private final PrintWriter orders;

	private final BufferedReader answers;

	private OtherProcess(Process process) {
		this.process = process;
		this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
		this.answers = process.inputReader(StandardCharsets.UTF_8);
	}

	static OtherProcess start() throws IOException {
		return new OtherProcess(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	@Override
	public String put(String key, String value, String token) throws IOException {
		return ask("put " + key + " " + value + " " + token);
	}

	@Override
	public String get(String key, String token) throws IOException {
		return ask("get " + key + " " + token);
	}

	private String ask(String order) throws IOException {
		this.orders.println(order);
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(ANSWER)) {
				return line.substring(ANSWER.length());
			}
		}
		throw new IOException("The process has ended");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * Carry out orders until there are no more.
	 */
	public static void main(String[] arguments) throws IOException {
		try (S3Client east = RealPair.client(RealPair.EAST);
				S3Client west = RealPair.client(RealPair.WEST);
				FailoverS3Client client = RealPair.client(RealPair.locations(east, west), RealPair.director());
				BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			TokenUser user = new TokenCalls(client);
			for (String line = orders.readLine(); line != null; line = orders.readLine()) {
				String[] words = line.split(" ", -1);
				System.out.println(ANSWER + (words[0].equals("put") ? user.put(words[1], words[2], words[3])
						: user.get(words[1], words[2])));
			}
		}
	}

}
