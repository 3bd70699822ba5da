package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.s3s3.FailoverS3Client;
import io.s3s3.FailoverS3Template;
import io.s3s3.transfer.TransferSettings;

/**
 * A Java process of its own that transfers an object until it is killed.
 */
public final class TransferProcess implements AutoCloseable {

	private final Process process;

	private TransferProcess(Process process) {
		this.process = process;
	}

	/**
	 * Start a download that is given no end.
	 * @param endpoint the endpoint of both locations
	 * @param target the file
	 * @return the process
	 */
	public static TransferProcess downloading(URI endpoint, Path target) {
		return start("download", endpoint.toString(), target.toString());
	}

	/**
	 * Start an upload in parts that is given no end.
	 * @param endpoint the endpoint of both locations
	 * @param directory where it notes it
	 * @return the process
	 */
	public static TransferProcess uploading(URI endpoint, Path directory) {
		return start("upload", endpoint.toString(), directory.toString());
	}

	private static TransferProcess start(String... arguments) {
		try {
			return new TransferProcess(
					new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
							TransferProcess.class.getName(), arguments[0], arguments[1], arguments[2])
						.redirectErrorStream(true)
						.redirectOutput(ProcessBuilder.Redirect.DISCARD)
						.start());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Kill the process, which has no chance to clean up.
	 */
	public void kill() {
		try {
			if (!this.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The process does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * Transfer an object.
	 * @param arguments which way, the endpoint, and the file or directory
	 */
	public static void main(String[] arguments) {
		URI endpoint = URI.create(arguments[1]);
		Path path = Path.of(arguments[2]);
		boolean upload = arguments[0].equals("upload");
		FailoverS3Template s3 = new FailoverS3Template(client(endpoint, upload ? path : path.getParent()), null);
		if (upload) {
			s3.upload("k", new EndlessStream(11 << 20));
		}
		else {
			s3.download("k", path);
		}
	}

	/**
	 * Create a client as the process has it.
	 * @param endpoint the endpoint of both locations
	 * @param directory where temporary files go
	 * @return the client
	 */
	public static FailoverS3Client client(URI endpoint, Path directory) {
		return FailoverS3Client.builder()
			.primary(EmbeddedS3.client(endpoint), "east")
			.secondary(EmbeddedS3.client(endpoint), "east")
			.transfer(TransferSettings.builder().directory(directory).build())
			.build();
	}

	/**
	 * Gives so many bytes, and then nothing any more, nor an end.
	 */
	private static final class EndlessStream extends InputStream {

		private int left;

		EndlessStream(int left) {
			this.left = left;
		}

		@Override
		public int read() throws IOException {
			if (this.left > 0) {
				this.left--;
				return 1;
			}
			try {
				Thread.sleep(Long.MAX_VALUE);
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			return -1;
		}

	}

}
