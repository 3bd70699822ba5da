package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.Closer;
import io.s3s3.testkit.DownloadCutter;
import io.s3s3.testkit.DownloadCutter.Cut;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Answers that do not tell how long they are and end with their connection, as those of
 * HTTP/1.0 do: where one ends is not where the object does.
 */
class UnsizedAnswerTests {

	private static final byte[] CONTENT = content(300_000);

	private static final GetObjectRequest REQUEST = GetObjectRequest.builder().key("k").build();

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	@AutoClose
	private final Closer closer = new Closer();

	@TempDir
	private Path folder;

	private DownloadCutter primary;

	private DownloadCutter secondary;

	@BeforeAll
	static void storeObjects() {
		List.of(east, west).forEach((server) -> server.put("k", CONTENT));
	}

	@BeforeEach
	void start() {
		this.primary = DownloadCutter.before(east);
		this.secondary = DownloadCutter.before(west);
		this.primary.hideLength();
		this.secondary.hideLength();
	}

	@AfterEach
	void stop() {
		this.primary.close();
		this.secondary.close();
	}

	@ParameterizedTest
	@MethodSource("forms")
	void isTakenWhenItBringsAllBytes(Form form) {
		FailoverS3Client client = client().on(RequestFailedOver.class, (event) -> {
			throw new AssertionError(event);
		});

		assertThat(form.apply(client, this.folder)).isEqualTo(CONTENT);

		assertThat(this.secondary.requests()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("forms")
	void isNotTakenForAllWhenItEndsEarly(Form form) {
		this.primary.cut(Cut.CLOSE, (length) -> CONTENT.length / 2);

		assertThat(form.apply(client(), this.folder)).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@MethodSource("forms")
	void isNoSuccessWhenItEndsEarlyEverywhere(Form form) {
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1_000 : 0);
		this.secondary.cut(Cut.CLOSE, (length) -> 0);

		assertThatException().isThrownBy(() -> form.apply(client(), this.folder));

		assertThat(this.folder).isEmptyDirectory();
	}

	static List<Named<Form>> forms() {
		return List.of(Named.of("bytes", (client, folder) -> client.getObjectAsBytes(REQUEST).asByteArray()),
				Named.of("file", (client, folder) -> {
					client.getObject(REQUEST, folder.resolve("target"));
					return read(folder.resolve("target"));
				}), Named.of("stream", (client, folder) -> {
					try (InputStream stream = client.getObject(REQUEST)) {
						return stream.readAllBytes();
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				}), Named.of("transformer", (client, folder) -> client.getObject(REQUEST,
						ResponseTransformer.unmanaged((response, stream) -> stream.readAllBytes()))));
	}

	private FailoverS3Client client() {
		return this.closer.add(FailoverS3Client.builder()
			.primary(EmbeddedS3.client(this.primary.uri()), "east")
			.secondary(EmbeddedS3.client(this.secondary.uri()), "west")
			.build());
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

	@FunctionalInterface
	interface Form extends BiFunction<FailoverS3Client, Path, byte[]> {

	}

}
