package io.s3s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectAnnotationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAnnotationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTorrentRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTorrentResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Downloads of things that are not objects, in each form that the SDK has for them, from
 * the remaining location.
 */
@Timeout(60)
class RareDownloadIntegrationTests {

	@AutoClose
	private final FaultyEndpoint primary = FaultyEndpoint.resetting();

	@AutoClose
	private final FaultyEndpoint secondary = AnsweringEndpoint.answering(Answer.success(Operation.CONTENT));

	@AutoClose
	private final AsyncPair pair = AsyncPair.of(this.primary.uri(), this.secondary.uri());

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource
	void bringAnAnnotation(Form form) {
		GetObjectAnnotationRequest request = GetObjectAnnotationRequest.builder()
			.bucket("east")
			.key("key")
			.annotationName("name")
			.build();

		String content = switch (form) {
			case BYTES -> this.pair.blocking().getObjectAnnotationAsBytes(request).asUtf8String();
			case STREAM -> read(this.pair.blocking().getObjectAnnotation(request));
			case FILE -> {
				this.pair.blocking().getObjectAnnotation(request, ResponseTransformer.toFile(target()));
				yield read(target());
			}
			case ASYNC_BYTES -> this.pair.client()
				.getObjectAnnotation(request, AsyncResponseTransformer.<GetObjectAnnotationResponse>toBytes())
				.thenApply(ResponseBytes::asUtf8String)
				.join();
			case ASYNC_STREAM -> read(this.pair.client()
				.getObjectAnnotation(request, AsyncResponseTransformer.toBlockingInputStream())
				.join());
			case ASYNC_FILE -> {
				this.pair.client().getObjectAnnotation(request, AsyncResponseTransformer.toFile(target())).join();
				yield read(target());
			}
		};

		assertThat(content).isEqualTo(Operation.CONTENT);
	}

	@ParameterizedTest
	@EnumSource
	void bringATorrent(Form form) {
		GetObjectTorrentRequest request = GetObjectTorrentRequest.builder().bucket("east").key("key").build();

		String content = switch (form) {
			case BYTES -> this.pair.blocking().getObjectTorrentAsBytes(request).asUtf8String();
			case STREAM -> read(this.pair.blocking().getObjectTorrent(request));
			case FILE -> {
				this.pair.blocking().getObjectTorrent(request, ResponseTransformer.toFile(target()));
				yield read(target());
			}
			case ASYNC_BYTES -> this.pair.client()
				.getObjectTorrent(request, AsyncResponseTransformer.<GetObjectTorrentResponse>toBytes())
				.thenApply(ResponseBytes::asUtf8String)
				.join();
			case ASYNC_STREAM -> read(this.pair.client()
				.getObjectTorrent(request, AsyncResponseTransformer.toBlockingInputStream())
				.join());
			case ASYNC_FILE -> {
				this.pair.client().getObjectTorrent(request, AsyncResponseTransformer.toFile(target())).join();
				yield read(target());
			}
		};

		assertThat(content).isEqualTo(Operation.CONTENT);
	}

	private Path target() {
		return this.folder.resolve("target");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(InputStream content) {
		try (content) {
			return new String(content.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How the caller takes it.
	 */
	enum Form {

		BYTES, STREAM, FILE, ASYNC_BYTES, ASYNC_STREAM, ASYNC_FILE

	}

}
