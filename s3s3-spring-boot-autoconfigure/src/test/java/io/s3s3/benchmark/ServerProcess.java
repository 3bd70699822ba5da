package io.s3s3.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.testkit.EmbeddedS3;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An embedded server in a Java process of its own, so that its work is not mistaken for
 * that of the client. It ends with the process that started it.
 */
public final class ServerProcess implements AutoCloseable {

	private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create(EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY));

	private final Process process;

	private final URI endpoint;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.endpoint = URI.create("http://127.0.0.1:" + port);
	}

	static ServerProcess start(String bucket, String... options) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerProcess.class.getName(), bucket));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		@Nullable String line = output.readLine();
		while (line != null && !line.startsWith("port ")) {
			line = output.readLine();
		}
		if (line == null) {
			throw new IOException("The server did not start");
		}
		return new ServerProcess(process, Integer.parseInt(line.substring(5)));
	}

	URI endpoint() {
		return this.endpoint;
	}

	S3AsyncClientBuilder asyncClient(URI endpoint, int maxConnections) {
		return StubProcess.async(endpoint, maxConnections).credentialsProvider(CREDENTIALS);
	}

	S3Client client(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(CREDENTIALS)
			.build();
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * Run the server until the standard input ends.
	 * @param arguments the name of the bucket
	 * @throws IOException if the standard input fails
	 */
	public static void main(String[] arguments) throws IOException {
		try (EmbeddedS3 server = EmbeddedS3.start(arguments[0])) {
			System.out.println("port " + server.port());
			System.in.transferTo(java.io.OutputStream.nullOutputStream());
		}
	}

}
