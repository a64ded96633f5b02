import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * Apache Kafka's own classes as the judge of our codecs. With `errors` it prints each error code with its name and whether it is
 * retriable. With `messages` it reads lines of "name version hex", and answers each with the hex that Kafka writes for what it read.
 */
public class MessageJudge {
  private static final String[] PACKAGES = {
    "org.apache.kafka.common.message.",
    "org.apache.kafka.common.metadata.",
    "org.apache.kafka.coordinator.group.generated.",
    "org.apache.kafka.coordinator.transaction.generated.",
    "org.apache.kafka.coordinator.share.generated.",
    "org.apache.kafka.raft.generated.",
  };

  private static final Map<String, Class<?>> CLASSES = new HashMap<>();

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    if (arguments[0].equals("errors")) {
      for (Errors error : Errors.values()) {
        out.println(error.code() + " " + error.name() + " " + (error.exception() instanceof RetriableException));
      }
    } else {
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
      for (String line = in.readLine(); line != null; line = in.readLine()) out.println(answer(line.split(" ", -1)));
    }
    out.flush();
  }

  private static String answer(String[] question) {
    try {
      short version = Short.parseShort(question[1]);
      ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(question[2]));
      Message message = (Message) classOf(question[0]).getDeclaredConstructor().newInstance();
      message.read(new ByteBufferAccessor(bytes), version);
      if (bytes.hasRemaining()) return "Kafka left " + bytes.remaining() + " bytes unread";
      ByteBuffer written = MessageUtil.toByteBufferAccessor(message, version).buffer();
      byte[] copy = new byte[written.remaining()];
      written.get(copy);
      return HexFormat.of().formatHex(copy);
    } catch (ReflectiveOperationException | RuntimeException problem) {
      return "Kafka failed: " + problem;
    }
  }

  private static Class<?> classOf(String name) throws ClassNotFoundException {
    Class<?> known = CLASSES.get(name);
    if (known != null) return known;
    for (String prefix : PACKAGES) {
      for (String suffix : new String[] {"Data", ""}) {
        try {
          Class<?> found = Class.forName(prefix + name + suffix);
          CLASSES.put(name, found);
          return found;
        } catch (ClassNotFoundException absent) {
          // The next package may have it.
        }
      }
    }
    throw new ClassNotFoundException(name);
  }
}
